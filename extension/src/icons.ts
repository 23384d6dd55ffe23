import { LabIcon } from '@jupyterlab/ui-components';

/** An open book with a star: papers, judged. */
export const reviewkitIcon = new LabIcon({
  name: 'reviewkit:papers',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M3 4.5C5.9 4 8.7 4.4 11 6v14c-2.3-1.6-5.1-2-8-1.5zM21 13v5.500c-2.900-.5-5.700-.1-8 1.500V6c.6-.4 1.200-.7 1.800-1v2.300l-.3.4.3 2.800V14l3-1.600 3 1.600z"/>
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="m17.800 2.500 1.300 2.700 2.900.4-2.100 2 .5 2.900-2.600-1.400-2.600 1.400.5-2.900-2.100-2 2.900-.4z"/>
</svg>`
});

/** Quotation marks over a line: what is cited. */
export const citationsIcon = new LabIcon({
  name: 'reviewkit:citations',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="M10 4c-3.500.8-6 3.700-6 7.500V16h6.500V9.500H7.300C7.600 8 8.700 6.900 10.500 6.300zM20 4c-3.500.8-6 3.700-6 7.500V16h6.500V9.500h-3.200c.3-1.500 1.400-2.600 3.200-3.200zM4 18.500h16.500v2H4z"/>
</svg>`
});

/** A list with ticks: what is to be looked at in a manuscript. */
export const checksIcon = new LabIcon({
  name: 'reviewkit:checks',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161" d="m3 6.500 1.400-1.400L6 6.700 9.100 3.600l1.400 1.400L6 9.500zM12.500 5.500H21v2h-8.500zM3 15.500l1.400-1.400L6 15.700l3.100-3.100 1.400 1.400L6 18.500zM12.500 14.500H21v2h-8.500z"/>
</svg>`
});
