// Counts while the ticket is open and in front, and proposes what it counted when hours are logged.
const ticket = document.querySelector("[data-ticket]")?.dataset.ticket
const key = `farol-timer:${ticket}`
const SENT = "farol-timer-sent"
const MINUTE = 60

const spent = () => Number(sessionStorage.getItem(key) ?? 0)
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
  if (!start || form.querySelector("[aria-invalid=true]") || spent() < MINUTE) return
  const now = new Date()
  end.value = local(now)
  start.value = local(new Date(now - spent() * 1000))
}

if (ticket) {
  // The hours were logged once the next page says so; only then does the count begin anew.
  if (sessionStorage.getItem(SENT) === key && document.querySelector(".toast")) sessionStorage.removeItem(key)
  sessionStorage.removeItem(SENT)
  document.addEventListener("farol:act", (event) => propose(event.detail))
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.querySelector?.("[name=started_at]")) sessionStorage.setItem(SENT, key)
  })
  setInterval(() => {
    if (!document.hasFocus() || document.visibilityState !== "visible") return
    sessionStorage.setItem(key, spent() + 1)
    show()
  }, 1000)
  show()
}
