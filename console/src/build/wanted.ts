// What the form of a new build says, as the API takes it.
import type { Wanted } from '../api/builds';

export const SOURCES = ['An image', 'A file', 'Whatever fits'] as const;

export interface TriggerForm {
  source: (typeof SOURCES)[number];
  config: string;
  file: string;
  os: string;
  desktop: string;
  windows: string;
  imageType: string;
  fedora: string;
  plymouth: '' | 'on' | 'off';
  ref: string;
}

export const START: TriggerForm = { source: 'An image', config: '', file: '', os: '', desktop: '', windows: '', imageType: '', fedora: '', plymouth: '', ref: '' };

/** Whether it says what to build. */
export function isComplete(form: TriggerForm): boolean {
  switch (form.source) {
    case 'An image':
      return /^\d+$/.test(form.config);
    case 'A file':
      return form.file !== '';
    case 'Whatever fits':
      return [form.os, form.desktop, form.windows].some((text) => text.trim() !== '');
  }
}

/** Only what was filled in, and only of the source that was chosen. */
export function wantedOf(form: TriggerForm): Wanted {
  return {
    ...sourceOf(form),
    ...given('image_type', form.imageType),
    ...given('fedora_version', form.fedora),
    ...(form.plymouth ? { enable_plymouth: form.plymouth === 'on' } : {}),
    ...given('ref', form.ref),
  };
}

function sourceOf(form: TriggerForm): Wanted {
  switch (form.source) {
    case 'An image':
      return { config_id: Number(form.config) };
    case 'A file':
      return { definition_filename: form.file };
    case 'Whatever fits':
      return { ...given('os', form.os), ...given('desktop_environment', form.desktop), ...given('window_manager', form.windows) };
  }
}

function given(key: keyof Wanted, text: string): Wanted {
  return text.trim() ? { [key]: text.trim() } : {};
}
