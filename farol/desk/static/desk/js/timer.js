// Counts while the ticket is open, in front and somebody is at it. What was counted lies with the server,
// so that a reload or another computer goes on from there; hours that are logged begin it anew.
const ticket = document.querySelector("[data-ticket]")?.dataset.ticket
const MINUTE = 60
const TOLD_EVERY = 30 * 1000
const IDLE_AFTER = 3 * MINUTE * 1000

let known = 0
let fresh = 0
let lastMove = Date.now()
const spent = () => known + fresh
const two = (number) => String(number).padStart(2, "0")
const clock = (seconds) =>
  `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / MINUTE) % MINUTE)}:${two(seconds % MINUTE)}`

const show = () => {
  for (const shown of document.querySelectorAll("[data-timer], [data-timer-words]")) {
    shown.hidden = false
    shown.textContent = (shown.dataset.timerWords ?? "{time}").replace("{time}", clock(spent()))
  }
}

const local = (at) => new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16)

const propose = (form) => {
  const [start, end] = ["started_at", "ended_at"].map((name) => form.querySelector(`[name=${name}]`))
  if (!start || form.querySelector("[aria-invalid=true], [name=why]") || spent() < MINUTE) return
  const now = new Date()
  end.value = local(now)
  start.value = local(new Date(now - spent() * 1000))
}

const tell = async () => {
  const told = fresh
  fresh = 0
  known += told
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]
  try {
    const answer = await fetch(`${location.pathname}/cronometro`, {
      method: "POST",
      body: new URLSearchParams({ seconds: told }),
      headers: { "X-CSRFToken": token },
      keepalive: true,
    })
    if (answer.ok) known = (await answer.json()).seconds
  } catch {
    known -= told
    fresh += told
  }
}

if (ticket && document.querySelector("[data-timer]")) {
  document.addEventListener("farol:act", (event) => propose(event.detail))
  for (const name of ["pointermove", "pointerdown", "keydown", "scroll"]) {
    document.addEventListener(name, () => (lastMove = Date.now()), { passive: true, capture: true })
  }
  setInterval(() => {
    const isAtIt = document.hasFocus() && document.visibilityState === "visible" && Date.now() - lastMove < IDLE_AFTER
    if (!isAtIt) return
    fresh += 1
    show()
  }, 1000)
  setInterval(() => fresh && tell(), TOLD_EVERY)
  addEventListener("pagehide", () => fresh && tell())
  tell().then(show)
}
