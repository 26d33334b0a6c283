// Keys that act on the row under the cursor, and the count of selected rows.
// The form is looked for each time: a search puts another in its place.
const list = () => document.querySelector(".queue-form")
const isOff = () =>
  document.documentElement.dataset.shortcuts === "off" || localStorage.getItem("farol-shortcuts-off") === "yes"
const isTyping = (node) => node.matches?.("textarea, select, input:not([type=checkbox])")
const OPENS = { r: "#responder", n: "#nota", t: "#transferir" }

const chosen = () => [...(list()?.querySelectorAll("[data-row] input:checked") ?? [])]
const cursor = () => list()?.querySelector(".is-cursor")

const tell = () => {
  const count = chosen().length
  const says = list()?.querySelector("[data-more]")
  if (says) says.textContent = count === 1 ? says.dataset.one : count ? says.dataset.more.replace("{count}", count) : ""
}

const take = () => {
  const box = cursor()?.querySelector("input[type=checkbox]")
  if (!chosen().length && box) box.checked = true
  if (chosen().length) list().requestSubmit()
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return
  if (document.querySelector("dialog[open]")) return
  const key = event.key.toLowerCase()
  const link = cursor()?.querySelector("a[href]")
  if (key === "a") take()
  else if (OPENS[key] && link) location.assign(link.href + OPENS[key])
  else return
  event.preventDefault()
})
document.addEventListener("change", tell)
document.addEventListener("farol:rows", tell)
window.addEventListener("pageshow", tell)
