export { ManualHost } from './manual-host.js';
