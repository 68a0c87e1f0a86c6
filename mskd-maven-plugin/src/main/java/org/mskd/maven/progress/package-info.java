/**
 * Progress shown during a run. {@link org.mskd.maven.progress.Terminal} describes the terminal;
 * {@link org.mskd.maven.progress.FooterProgress} rewrites one live line on a terminal, {@link
 * org.mskd.maven.progress.PlainProgress} prints a few lines per stage to a log; {@link
 * org.mskd.maven.progress.ProgressText} formats the text of both.
 */
package org.mskd.maven.progress;
