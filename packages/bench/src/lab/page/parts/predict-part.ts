import { type Html, html } from '../html.js';
import type { Lesson, Question } from '../lesson.js';

/** The questions, with their verdicts hidden until they are answered. Answers are kept nowhere but in the page. */
export function predictPart(lesson: Lesson | undefined): Html {
  if (lesson === undefined || lesson.questions.length === 0) return html``;
  return html`<section id="predict" aria-labelledby="predict-title">
<h2 id="predict-title">Predict</h2>
<form id="questions" class="questions" autocomplete="off">
${lesson.questions.map(questionOf)}
<p class="moving"><button type="submit" id="lock">Lock my answers</button> <span id="predict-status" role="status"></span></p>
</form>
</section>`;
}

function questionOf(question: Question, place: number): Html {
  switch (question.kind) {
    case 'choice':
      return html`<fieldset data-kind="choice" data-right="${question.right}">
<legend>${question.asks}</legend>
${question.choices.map(
  (choice, index) =>
    html`<label><input type="radio" name="question-${place}" value="${index}"> ${choice}</label>\n`,
)}
${verdict(question)}
</fieldset>`;
    case 'number':
      return html`<fieldset data-kind="number" data-from="${question.from}" data-to="${question.to}">
<legend>${question.asks}</legend>
<label><input type="number" step="any" name="question-${place}" aria-label="${question.asks}"> ${question.unit}</label>
${verdict(question)}
</fieldset>`;
  }
}

function verdict({ because }: Question): Html {
  return html`<p class="verdict" hidden><b></b> <span>${because}</span></p>`;
}

/** Why it came out so. It waits for the answers, where anything was asked and the script can tell. */
export function whyPart(lesson: Lesson | undefined): Html {
  if (lesson === undefined) return html``;
  const { why, tryThis, questions } = lesson;
  return html`<section id="why" aria-labelledby="why-title" data-waits="${questions.length > 0 ? 'yes' : 'no'}">
<h2 id="why-title">Why</h2>
<p id="why-waits" class="moving" hidden>Lock your answers above first: it is told then.</p>
<div id="why-told" class="told"><ul>${why.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>
${tryThis === undefined ? undefined : html`<p><b>Try this:</b> <code>${tryThis.command}</code> ${tryThis.toSee}</p>`}</div>
</section>`;
}
