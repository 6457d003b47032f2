/** The widget's module. */
export {};
