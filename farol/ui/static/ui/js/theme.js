// The choice travels in a cookie: the server paints it, this only changes it.
const YEAR = 365 * 24 * 3600

const stored = () => document.cookie.match(/(?:^|; )farol_theme=(light|dark)/)?.[1] ?? ""

const show = (theme) => {
  if (theme) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme))
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-choice]")
  if (!button) return
  const theme = button.dataset.themeChoice
  document.cookie = `farol_theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax`
  show(theme)
})

show(stored())
