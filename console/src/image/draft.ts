// A definition while somebody writes it.
import type { Content } from '../api/images';

export const TEMPLATE: Content = {
  name: '',
  description: null,
  yaml_content: `name: my-image
description: What it is for
base-image: quay.io/fedora/fedora-bootc:43

modules:
  - type: rpm-ostree
    install:
      - vim-enhanced
`,
  image_type: 'fedora-bootc',
  fedora_version: '43',
  enable_plymouth: true,
  artifact_kinds: [],
};

/** What of a stored definition is written by people. */
export function contentOf({ name, description, yaml_content, image_type, fedora_version, enable_plymouth, artifact_kinds }: Content): Content {
  return { name, description, yaml_content, image_type, fedora_version, enable_plymouth, artifact_kinds };
}

export function isSame(one: Content, other: Content): boolean {
  return JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
}

/** A name that the API takes, made of one that it may not. */
export function nameOf(text: string): string {
  return text
    .replace(/\.ya?ml$/, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
}
