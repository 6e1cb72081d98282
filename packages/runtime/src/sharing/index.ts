export { PoisonError } from './poison-error.js';
