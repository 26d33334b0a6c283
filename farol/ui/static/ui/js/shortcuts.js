// Single keys outside text fields: data-key="r" or data-key="g f" on a control, which is clicked or focused.
const OFF = "farol-shortcuts-off"
let lead = ""
let timer

const isOff = () => document.documentElement.dataset.shortcuts === "off" || localStorage.getItem(OFF) === "yes"
const isTyping = (node) =>
  node.isContentEditable || node.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button])")

const use = (control) => {
  if (control.matches("input:not([type=checkbox], [type=radio]), textarea")) control.focus()
  else if (control.dataset.focuses) {
    control.click()
    document.getElementById(control.dataset.focuses)?.focus()
  } else control.click()
}

const find = (keys) =>
  [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find((control) => control.checkVisibility())

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (document.querySelector("dialog[open]")) return
  const key = event.key.toLowerCase()
  if (key === "?") return document.getElementById("shortcut-map")?.showModal()
  if (isOff()) return
  const keys = lead ? `${lead} ${key}` : key
  const control = find(keys) ?? find(key)
  clearTimeout(timer)
  lead = lead ? "" : key
  timer = setTimeout(() => { lead = "" }, 1000)
  if (!control) return
  lead = ""
  event.preventDefault()
  use(control)
})

for (const box of document.querySelectorAll("[data-shortcuts-off]")) {
  box.checked = isOff()
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "yes" : "no"))
}

// A long navigation begins where the page stands in it.
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ block: "nearest" })
