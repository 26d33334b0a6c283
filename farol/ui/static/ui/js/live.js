// What happens elsewhere, on this page: one connection a tab, for as long as the tab is in sight.
const where = document.querySelector("meta[name=live]")?.content
const [queue, panes, calls] = ["live", "ticket", "calls"].map((name) => document.querySelector(`[data-${name}]`))
const HIDDEN_STAY = 60_000

let source, last, leaving, failures = 0
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

const on = {
  open: () => { failures = 0 },
  ticket: (event) => {
    last = event.lastEventId || last
    tell("farol:heard", event.data.split(" ").map(Number))
  },
  call: () => tell("farol:call"),
  anew: () => tell("farol:missed"),
  people: (event) => tell("farol:people", JSON.parse(event.data)),
  "signed-out": () => { isOver = true; close() },
  error: () => {
    const [wait, most] = source.readyState === EventSource.CLOSED ? [30_000, 300_000] : [1_000, 30_000]
    close()
    setTimeout(open, Math.min(wait * 2 ** failures++, most) * (0.5 + Math.random()))
  },
}

const open = () => {
  if (isOver || source || document.hidden) return
  source = new EventSource(address(), { withCredentials: true })
  for (const [name, act] of Object.entries(on)) source.addEventListener(name, act)
}

const close = () => {
  source?.close()
  source = undefined
  tell("farol:people", [])
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving)
  if (document.hidden) return void (leaving = setTimeout(close, HIDDEN_STAY))
  if (!source && !isOver) tell("farol:missed")
  open()
})
window.addEventListener("pagehide", close)
window.addEventListener("pageshow", open)
document.addEventListener("farol:writing", () => {
  if (source) fetch(`${base}/escrita?chamado=${panes.dataset.ticket}`, { method: "POST", credentials: "include" }).catch(() => {})
})
open()
