// A toast stays 6 s; it waits while the pointer or the focus is on it.
const STAY = 6000

const keep = (toast) => {
  if (toast.dataset.kept) return
  toast.dataset.kept = "yes"
  let timer
  const leave = () => {
    toast.classList.add("is-leaving")
    setTimeout(() => toast.remove(), 200)
  }
  const start = () => { timer = setTimeout(leave, STAY) }
  const stop = () => clearTimeout(timer)
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop)
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start)
  toast.querySelector("[data-close-toast]")?.addEventListener("click", () => toast.remove())
  start()
}

const keepAll = () => document.querySelectorAll("[data-toast]").forEach(keep)

keepAll()
document.addEventListener("htmx:afterSettle", keepAll)
