// What happens elsewhere, on this page: one connection a tab, for as long as the tab is in sight.
const where = document.querySelector("meta[name=live]")?.content
const queue = document.querySelector("[data-live]")
const panes = document.querySelector("[data-ticket]")
const calls = document.querySelector("[data-calls]")
const HIDDEN_STAY = 60_000
const GAP = 3_000

let source, last, waiting, leaving
let failures = 0
let refreshed = 0
let isStale = false
let isOver = !where || !(queue || panes || calls)

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))

const base = where?.startsWith(":") ? `${location.protocol}//${location.hostname}${where}` : where

const address = () => {
  const asked = new URLSearchParams(queue ? queue.dataset.live : "minha=1")
  if (panes) asked.set("chamado", panes.dataset.ticket)
  if (calls) asked.set("telefone", "1")
  if (last) asked.set("desde", last)
  return `${base}?${asked}`
}

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
    tell("farol:news")
  }, Math.max(refreshed + GAP - Date.now(), 0) + 100 + Math.random() * 300)
}

const hear = (event) => {
  last = event.lastEventId || last
  const [number, entry] = event.data.split(" ").map(Number)
  const row = document.querySelector(`[data-number="${number}"]`)
  const isKnown = panes
    ? number === Number(panes.dataset.ticket) && entry <= Number(panes.dataset.entry)
    : row && entry <= Number(row.dataset.entry)
  if (!isKnown) refresh()
}

const open = () => {
  if (isOver || source || document.hidden) return
  source = new EventSource(address(), { withCredentials: true })
  source.addEventListener("open", () => { failures = 0 })
  source.addEventListener("ticket", hear)
  source.addEventListener("call", () => tell("farol:call"))
  source.addEventListener("anew", () => {
    refresh()
    tell("farol:call")
  })
  source.addEventListener("people", (event) => tell("farol:people", JSON.parse(event.data)))
  source.addEventListener("signed-out", () => {
    isOver = true
    close()
  })
  source.addEventListener("error", () => {
    const isRefused = source.readyState === EventSource.CLOSED
    close()
    failures += 1
    const wait = Math.min((isRefused ? 30_000 : 1_000) * 2 ** (failures - 1), isRefused ? 300_000 : 30_000)
    setTimeout(open, wait * (0.5 + Math.random()))
  })
}

const close = () => {
  source?.close()
  source = undefined
  tell("farol:people", [])
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving)
  if (document.hidden) {
    leaving = setTimeout(close, HIDDEN_STAY)
    return
  }
  if (isStale || (!source && !isOver)) refresh()
  open()
})
window.addEventListener("pagehide", close)
window.addEventListener("pageshow", open)
document.addEventListener("farol:writing", () => {
  if (source) fetch(`${base}/escrita?chamado=${panes.dataset.ticket}`, { method: "POST", credentials: "include" }).catch(() => {})
})
open()
