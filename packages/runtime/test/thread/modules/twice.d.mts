export declare const twice: (n: number) => number;
