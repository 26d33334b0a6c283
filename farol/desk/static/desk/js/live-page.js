// A page that shows calls, as it is now: what is marked data-fresh is read anew when one has changed.
let waiting

const renew = async () => {
  waiting = undefined
  const old = document.querySelector("[data-fresh]")
  if (!old || document.hidden || old.contains(document.activeElement?.closest("form"))) return
  const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => undefined)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const now = page.querySelector("[data-fresh]")
  if (now) old.replaceWith(document.adoptNode(now))
}

document.addEventListener("farol:call", () => { waiting ??= setTimeout(renew, 300 + Math.random() * 400) })
