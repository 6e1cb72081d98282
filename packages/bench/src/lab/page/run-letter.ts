/** What a run is called in sentences: A, B, … */
export function runLetter(place: number): string {
  return String.fromCharCode(65 + (place % 26));
}
