import { registerClass } from '@heddle/runtime';
import { type Provocations, wrong } from '../provocations.js';

class Point {}
class Line {}

export const classes: Provocations = {
  "registerClass: a class needs a name to be known by, got ‹name›. Pass one: registerClass(Class, 'Name')":
    () => registerClass((() => class {})()),
  'registerClass: expected a class of your own, got ‹value›': [
    () => registerClass(Map),
    () => registerClass(wrong('Point')),
  ],
  'registerClass: the name ‹name› already belongs to another class': () => {
    registerClass(Point, 'errors-doc.Point');
    registerClass(Line, 'errors-doc.Point');
  },
  'registerClass: this class is already registered as ‹name›': () => {
    registerClass(Point, 'errors-doc.Point');
    registerClass(Point, 'errors-doc.Dot');
  },
};
