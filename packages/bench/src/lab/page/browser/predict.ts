/** Lets the answers be locked once, and says then which were right and why it came out so. They stay in the page. */
export function predict(): void {
  const form = document.querySelector<HTMLFormElement>('#questions');
  const why = document.querySelector<HTMLElement>('#why');
  if (form === null) return;
  const told = why?.querySelector<HTMLElement>('#why-told');
  const waits = why?.querySelector<HTMLElement>('#why-waits');
  if (told && waits) {
    told.hidden = true;
    waits.hidden = false;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const questions = [...form.querySelectorAll('fieldset')];
    const status = form.querySelector('#predict-status')!;
    const open = questions.find((question) => answerOf(question) === undefined);
    if (open !== undefined) {
      status.textContent = 'Answer all of them first; a guess will do.';
      open.querySelector('input')?.focus();
      return;
    }
    const right = questions.filter(reveal).length;
    status.textContent =
      right === questions.length
        ? 'All as predicted. Why it is so is told below.'
        : `${questions.length - right} of ${questions.length} surprised you: that is where the learning is. Why it is so is told below.`;
    form.querySelector<HTMLButtonElement>('#lock')!.disabled = true;
    if (told && waits) {
      told.hidden = false;
      waits.hidden = true;
    }
  });
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
function reveal(question: HTMLFieldSetElement): boolean {
  const answer = answerOf(question)!;
  const { kind, right, from, to } = question.dataset;
  const isRight =
    kind === 'choice' ? answer === Number(right) : answer >= Number(from) && answer <= Number(to);
  const verdict = question.querySelector<HTMLElement>('.verdict')!;
  verdict.querySelector('b')!.textContent = isRight ? '✓ As you said.' : '✗ Otherwise than you said.';
  verdict.hidden = false;
  question.classList.add(isRight ? 'right' : 'wrong');
  for (const input of question.querySelectorAll('input')) input.disabled = true;
  return isRight;
}
