// The call at hand: its banner comes and goes while the page stays, its wait counts on, and F8 to F10 act on it.
const slot = document.getElementById("call-slot")
const address = slot?.dataset.from

const isTyping = () => document.activeElement?.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])")

const spoken = (since) => {
  const seconds = Math.max(Math.floor((Date.now() - Date.parse(since)) / 1000), 0)
  const two = (number) => String(number).padStart(2, "0")
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

setInterval(() => {
  for (const place of document.querySelectorAll("[data-since]")) place.textContent = spoken(place.dataset.since)
}, 1000)

const shown = () => {
  const banner = slot.querySelector("[data-call]")
  return banner ? `${banner.dataset.call} ${banner.dataset.state}` : ""
}

const renew = async () => {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" }).catch(() => undefined)
  if (!answer?.ok) return
  const before = shown()
  slot.innerHTML = await answer.text()
  if (shown() !== before && !isTyping()) slot.querySelector("[data-answers]")?.focus()
}

if (slot) {
  document.addEventListener("farol:call", renew)
  document.addEventListener("keydown", (event) => {
    const control = slot.querySelector(`[data-call-key="${CSS.escape(event.key)}"]`)
    if (!control || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return
    event.preventDefault()
    control.click()
  })
}
