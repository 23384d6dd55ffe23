import { render } from './views';

/** The notebook widget, as anywidget loads it. */
export default { render };
