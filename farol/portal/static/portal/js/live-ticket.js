// The customer's ticket as it is now. What somebody is writing stays; they are told, and read the news when they like.
const root = document.querySelector("[data-ticket]")
const note = document.querySelector("[data-live-note]")
const PARTS = [".page-head .facts", ".thread", "aside.stack"]

const tellRead = () => {
  if (document.hidden) return
  const address = location.pathname.match(/^.*\/chamados\/\d+/)?.[0]
  fetch(`${address}/leitura?ate=${root.dataset.entry}`, { keepalive: true }).catch(() => {})
}

const isWriting = () =>
  Boolean(document.querySelector("dialog[open]")) || [...root.querySelectorAll("textarea")].some((field) => field.value.trim())

const show = async () => {
  const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "manual" })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const now = page.querySelector("[data-ticket]")
  if (!now || now.dataset.entry === root.dataset.entry) return
  // What is asked of the customer has changed: panels and composer belong to another situation.
  if (now.dataset.shape !== root.dataset.shape) {
    if (isWriting()) note.hidden = false
    else location.reload()
    return
  }
  for (const place of PARTS) {
    const [old, part] = [document.querySelector(place), page.querySelector(place)]
    if (old && part) old.replaceWith(document.adoptNode(part))
  }
  root.dataset.entry = now.dataset.entry
  for (const seen of root.querySelectorAll("[name=seen]")) seen.value = now.dataset.entry
  note.hidden = true
  document.dispatchEvent(new CustomEvent("farol:ticket"))
}

document.addEventListener("farol:news", () => {
  if (isWriting()) note.hidden = false
  else show()
})
note.querySelector("button").addEventListener("click", () => location.reload())
for (const name of ["farol:ticket", "visibilitychange"]) document.addEventListener(name, tellRead)
tellRead()
