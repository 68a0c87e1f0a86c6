/**
 * What data sets lie below a folder, and what an experiment could declare of them. {@link
 * org.mskd.discovery.Discovery} is the entry: it lists folders ({@link
 * org.mskd.discovery.FolderSearch}), reads {@code dataset.json} and the values of labels ({@link
 * org.mskd.discovery.DatasetJson}, {@link org.mskd.discovery.LabelScan}), decides which organs the
 * values mean ({@link org.mskd.discovery.Structures}, {@link org.mskd.discovery.OverlapMatch}), and
 * gives {@link org.mskd.discovery.FoundData}. Every decision that the data do not determine is kept
 * as a {@link org.mskd.discovery.Remark}. Nothing is written.
 */
package org.mskd.discovery;
