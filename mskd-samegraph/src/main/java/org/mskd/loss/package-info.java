/**
 * Losses. Full labels: {@link org.mskd.loss.DiceCrossEntropyLoss}. Distillation: {@link
 * org.mskd.loss.MskdLoss}, the sum of {@link org.mskd.loss.OrganLogitTerm}, {@link
 * org.mskd.loss.BackgroundLogitTerm} and {@link org.mskd.loss.FeatureTerm} (MS-KD, arXiv
 * 2108.02559), each inside its region ({@link org.mskd.loss.RegionMaps}). Partial labels: {@link
 * org.mskd.loss.MarginalLoss} and {@link org.mskd.loss.ExclusionLoss}, and {@link
 * org.mskd.loss.TaskLoss} of one organ a slice. Teacher outputs enter the graph as margins and rows
 * ({@link org.mskd.loss.TeacherTargets}). Terms are written in double precision for a run of pixels
 * or one position; graph operations apply them to the batch ({@link org.mskd.loss.PixelBlocks}) and
 * compute value and gradient in one pass ({@link org.mskd.loss.ClosedFormLossOp}).
 */
package org.mskd.loss;
