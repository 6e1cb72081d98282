// Loads what it would record with, and ends.
import '@heddle/runtime/trace';
