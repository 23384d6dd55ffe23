import { PathExt } from '@jupyterlab/coreutils';

/**
 * The path relative to the server's root of what a notebook calls `relative`; null if it
 * lies outside. A drive's name before a colon (`RTC:`) is not part of it.
 */
export function fromNotebook(notebook: string, relative: string): string | null {
  if (relative.startsWith('/')) {
    return null;
  }
  const folder = PathExt.dirname(withoutDrive(notebook));
  const joined = PathExt.join(folder, relative || '.');
  if (joined === '..' || joined.startsWith('../')) {
    return null;
  }
  return joined === '.' ? '' : PathExt.normalize(joined).replace(/\/+$/, '');
}

/** The path without the name of the drive that JupyterLab puts before it. */
export function withoutDrive(path: string): string {
  return path.replace(/^[A-Za-z0-9_-]+:/, '');
}

/** Whether opening the file may mean that somebody works on the project around it. */
export function belongsToProject(path: string): boolean {
  const name = PathExt.basename(path);
  return name === 'references.bib' || name === 'reviews.csv' || name.endsWith('.ipynb');
}
