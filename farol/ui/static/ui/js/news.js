// Whether what was heard is news to this page: then it asks for the page's parts again, but not too often.
const ticket = document.querySelector("[data-ticket]")?.dataset
const GAP = 3_000

let waiting
let refreshed = 0
let isStale = false

const say = (name) => document.dispatchEvent(new CustomEvent(name))

// At once when nothing happened for a while, and not all pages in the same instant.
const refresh = () => {
  if (document.hidden) {
    isStale = true
    return
  }
  waiting ??= setTimeout(() => {
    waiting = undefined
    refreshed = Date.now()
    isStale = false
    say("farol:news")
  }, Math.max(refreshed + GAP - Date.now(), 0) + 100 + Math.random() * 300)
}

const isKnown = (number, entry) => {
  const row = document.querySelector(`[data-number="${number}"]`)
  return ticket
    ? number === Number(ticket.ticket) && entry <= Number(ticket.entry)
    : row && entry <= Number(row.dataset.entry)
}

document.addEventListener("farol:heard", ({ detail: [number, entry] }) => { if (!isKnown(number, entry)) refresh() })
document.addEventListener("farol:missed", () => {
  refresh()
  say("farol:call")
})
document.addEventListener("visibilitychange", () => { if (isStale) refresh() })
