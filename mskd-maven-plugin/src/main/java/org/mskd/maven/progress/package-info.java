/**
 * What a person sees while a worker works. {@link org.mskd.maven.progress.Terminal} says where they
 * look; {@link org.mskd.maven.progress.FooterProgress} rewrites one live line on a terminal, {@link
 * org.mskd.maven.progress.PlainProgress} prints a few lines a stage to a log; {@link
 * org.mskd.maven.progress.ProgressText} words both.
 */
package org.mskd.maven.progress;
