await new Promise((resolve) => setTimeout(resolve, 400));

export const answer = () => 42;
