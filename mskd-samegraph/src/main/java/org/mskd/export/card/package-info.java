/**
 * The model card of exported networks, in Markdown: intended use, data, scores, limits (Mitchell et
 * al., <i>Model cards for model reporting</i>, FAT* 2019). It has counts, no names of subjects.
 */
package org.mskd.export.card;
