import { byId } from './element.js';

/** While it has `asking`, nothing that answers a question is shown. */
const { classList } = document.documentElement;

/**
 * Lets the answers be locked once, and says then which were right and why it came out so. They stay in the page. Who
 * does not want to guess sees everything at once.
 */
export function predict(): void {
  const form = document.querySelector<HTMLFormElement>('#questions');
  if (form === null) return;
  const questions = [...form.querySelectorAll('fieldset')];
  const status = byId('predict-status');
  classList.add('asking');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const open = questions.find((question) => answerOf(question) === undefined);
    if (open !== undefined) {
      status.textContent = 'Answer all of them first; a guess will do.';
      open.querySelector('input')?.focus();
      return;
    }
    const right = questions.filter(judge).length;
    status.textContent =
      right === questions.length
        ? 'All as predicted. Why it is so is told below.'
        : `${questions.length - right} of ${questions.length} surprised you: that is where the learning is. Why it is so is told below.`;
    close(form);
  });
  byId('show').addEventListener('click', () => {
    status.textContent = 'Shown. What the runs say is beside each question, and below.';
    close(form);
  });
}

/** Refuses what would show an answer while questions are open, and says where they are. */
export function isAsking(): boolean {
  if (!classList.contains('asking')) return false;
  byId('predict-status').textContent = 'Lock your answers first, or show them without answering.';
  byId('lock').focus();
  return true;
}

/** Shows everything, whether it was asked or not. */
export function reveal(): void {
  classList.remove('asking');
}

function close(form: HTMLFormElement): void {
  reveal();
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLButtonElement>('input, button')) {
    control.disabled = true;
  }
}

function answerOf(question: HTMLFieldSetElement): number | undefined {
  if (question.dataset.kind === 'choice') {
    const chosen = question.querySelector<HTMLInputElement>('input:checked');
    return chosen === null ? undefined : Number(chosen.value);
  }
  const { valueAsNumber } = question.querySelector<HTMLInputElement>('input')!;
  return Number.isNaN(valueAsNumber) ? undefined : valueAsNumber;
}

/** Says the verdict, and whether it was right. */
function judge(question: HTMLFieldSetElement): boolean {
  const answer = answerOf(question)!;
  const { kind, right, from, to } = question.dataset;
  const isRight =
    kind === 'choice' ? answer === Number(right) : answer >= Number(from) && answer <= Number(to);
  question.querySelector('.verdict b')!.textContent = isRight
    ? '✓ As you said.'
    : '✗ Otherwise than you said.';
  question.classList.add(isRight ? 'right' : 'wrong');
  return isRight;
}
