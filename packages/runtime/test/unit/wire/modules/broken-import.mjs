await import(new URL('./does-not-exist.mjs', import.meta.url).href);
