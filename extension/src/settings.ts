import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/** The id of the plug-in whose schema holds the settings. */
export const SETTINGS = 'reviewkit:plugin';

/** A person's settings; null where the application does not know their schema. */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<ISettingRegistry.ISettings | null> {
  try {
    return (await registry?.load(SETTINGS)) ?? null;
  } catch (error) {
    console.warn(
      'reviewkit: the settings are not known, so the usual ones hold.',
      error
    );
    return null;
  }
}
