throw Object.assign(new RangeError('at load'), { code: 'E_MINE' });
