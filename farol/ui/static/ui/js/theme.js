// The choice travels in a cookie: the server paints it, this only changes it.
const YEAR = 365 * 24 * 3600

// By TLS a browser takes the name from this host alone.
const isSecure = location.protocol === "https:"
const NAME = isSecure ? "__Host-farol-theme" : "farol_theme"

const stored = () => document.cookie.match(new RegExp(`(?:^|; )${NAME}=(light|dark)`))?.[1] ?? ""

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
  document.cookie = `${NAME}=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax${isSecure ? "; secure" : ""}`
  show(theme)
})

show(stored())
