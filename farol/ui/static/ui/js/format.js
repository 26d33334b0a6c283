// Ctrl+B and Ctrl+I put the marks of bold and italic around what is selected; "Visualizar" shows how a text will look.
const MARKS = { b: "**", i: "*" }

const toggle = (field, mark) => {
  const { selectionStart: from, selectionEnd: to, value } = field
  const isMarked = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark
  if (isMarked) {
    field.setRangeText(value.slice(from, to), from - mark.length, to + mark.length, "select")
  } else {
    field.setRangeText(mark + value.slice(from, to) + mark, from, to, "end")
    field.setSelectionRange(from + mark.length, to + mark.length)
  }
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

document.addEventListener("keydown", (event) => {
  const mark = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && MARKS[event.key.toLowerCase()]
  if (!mark || !event.target.matches?.("textarea[name=body]")) return
  event.preventDefault()
  toggle(event.target, mark)
})

const show = async (button, field, place) => {
  const facts = new URLSearchParams({ body: field.value, csrfmiddlewaretoken: field.form.elements.csrfmiddlewaretoken.value })
  const answer = await fetch(button.dataset.url, { method: "POST", body: facts })
  if (answer.ok) place.innerHTML = await answer.text()
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-previews]")
  if (!button) return
  const field = document.getElementById(button.dataset.previews)
  const isShown = button.getAttribute("aria-expanded") === "true"
  let place = document.getElementById("text-preview")
  if (!place) {
    place = Object.assign(document.createElement("div"), { id: "text-preview", className: "text-preview message-body" })
    place.setAttribute("role", "status")
    field.after(place)
  }
  button.setAttribute("aria-expanded", String(!isShown))
  if (isShown) place.replaceChildren()
  else if (field.value.trim()) show(button, field, place)
})
