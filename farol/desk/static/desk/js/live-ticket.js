// A ticket as it is now. What somebody is writing stays; they are told, and read the news when they want to.
const note = document.querySelector("[data-live-note]")
const people = document.querySelector("[data-live-people]")
const field = document.querySelector("#composer-body")
const PARTS = [".thread", ".talk-facts", "#context", ".pane-list"]
const SAY_AGAIN = 4_000

const show = async () => {
  const panes = document.querySelector("[data-ticket]")
  const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "manual" })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const now = page.querySelector("[data-ticket]")
  if (!now || now.dataset.entry === panes.dataset.entry) return
  const known = new Set([...document.querySelectorAll(".thread > [id]")].map((item) => item.id))
  for (const place of PARTS) {
    const [old, part] = [document.querySelector(place), page.querySelector(place)]
    if (old && part) old.replaceWith(document.adoptNode(part))
  }
  for (const item of document.querySelectorAll(".thread > [id]")) item.classList.toggle("is-new", !known.has(item.id))
  panes.dataset.entry = now.dataset.entry
  for (const seen of document.querySelectorAll("#composer [name=seen]")) seen.value = now.dataset.entry
  if (note) note.hidden = true
  window.htmx?.process(panes)
  document.dispatchEvent(new CustomEvent("farol:ticket"))
}

// The composer belongs to another situation when the ticket closed or reopened: only a whole page shows that.
document.addEventListener("farol:news", () => {
  const isWriting = field?.value.trim() || document.querySelector("dialog[open]")
  if (!isWriting) show()
  else if (note) note.hidden = false
})

note?.querySelector("button").addEventListener("click", show)

document.addEventListener("farol:people", ({ detail: others }) => {
  if (!people) return
  const writing = others.filter(([, isWriting]) => isWriting)
  const chosen = writing.length ? writing : others
  const words = writing.length ? "writing" : "looking"
  const names = chosen.map(([name]) => name).join(", ")
  const text = people.dataset[words + (chosen.length > 1 ? "Many" : "One")]?.replace("{names}", names)
  people.hidden = !others.length
  people.querySelector("span").textContent = others.length ? text : ""
})

let said = 0
field?.addEventListener("input", () => {
  if (Date.now() - said < SAY_AGAIN) return
  said = Date.now()
  document.dispatchEvent(new CustomEvent("farol:writing"))
})
