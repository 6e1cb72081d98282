import { type Html, html } from '../html.js';
import type { Lesson, Question } from '../lesson.js';

/**
 * The questions. Where a script runs, verdicts and all that is marked `spoils` are hidden until they are answered;
 * without one all is told at once. Answers are kept nowhere but in the page.
 */
export function predictPart(lesson: Lesson | undefined): Html {
  if (lesson === undefined || lesson.questions.length === 0) return html``;
  return html`<section id="predict" aria-labelledby="predict-title">
<h2 id="predict-title">Predict</h2>
<form id="questions" class="questions" autocomplete="off">
${lesson.questions.map(questionOf)}
<p class="moving"><button type="submit" id="lock">Lock my answers</button> <button type="button" id="show">Show without answering</button> <span id="predict-status" role="status"></span></p>
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
  return html`<p class="verdict"><b></b> <span>${because}</span></p>`;
}

/** Why it came out so. It waits for the answers, where anything was asked and the script can tell. */
export function whyPart(lesson: Lesson | undefined): Html {
  if (lesson === undefined) return html``;
  const { why, tryThis } = lesson;
  return html`<section id="why" aria-labelledby="why-title">
<h2 id="why-title">Why</h2>
<p class="waits">Lock your answers above first: it is told then.</p>
<div class="spoils"><ul>${why.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>
${tryThis === undefined ? undefined : html`<p><b>Try this:</b> <code>${tryThis.command}</code> to see ${tryThis.toSee}.</p>`}</div>
</section>`;
}
