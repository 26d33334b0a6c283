// The queue as it is now, in the place of the queue as it was; what was selected stays selected.
const rows = (root) => [...root.querySelectorAll(".queue [data-row]")]
const byNumber = (root) => new Map(rows(root).map((row) => [row.dataset.number, row]))

const fresh = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" })
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined
}

const swap = (page, place) => {
  const [old, now] = [document.querySelector(place), page.querySelector(place)]
  if (old && now) old.replaceWith(document.adoptNode(now))
}

const keepState = (old, row) => {
  if (old.querySelector("input:checked")) row.querySelector("input").checked = true
  if (old.classList.contains("is-cursor")) row.classList.add("is-cursor")
  if (old.dataset.entry !== row.dataset.entry) row.classList.add("is-changed")
}

document.addEventListener("farol:news", async () => {
  const page = await fresh()
  if (!page) return
  const focused = document.activeElement?.closest("[data-row]")?.dataset.number
  const [old, now] = [byNumber(document), byNumber(page)]
  for (const [number, row] of now) {
    const before = old.get(number)
    if (before) keepState(before, row)
    else row.classList.add("is-changed")
  }
  if (old.size > now.size && document.querySelector("#more")) {
    // Further pages were loaded: rows change where they stand.
    for (const [number, row] of now) old.get(number)?.replaceWith(document.adoptNode(row))
  } else if (page.querySelector(".queue") && document.querySelector(".queue")) {
    swap(page, ".queue")
  } else {
    swap(page, "#content")
  }
  swap(page, ".filters > .end")
  swap(page, "#side-nav")
  if (focused) document.querySelector(`[data-number="${focused}"] .subject`)?.focus()
  window.htmx?.process(document.querySelector("#content"))
  document.dispatchEvent(new CustomEvent("farol:rows"))
})
