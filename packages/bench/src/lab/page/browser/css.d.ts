/** The style goes into the page as its own text: nothing is imported by name. */
declare module '*.css';
