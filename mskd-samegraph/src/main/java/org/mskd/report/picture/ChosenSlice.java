package org.mskd.report.picture;

/**
 * A slice that is shown.
 *
 * @param z its position in canonical orientation, 0 at the feet
 * @param why what it shows: {@code liver}, or {@code liver, spleen}
 */
public record ChosenSlice(int z, String why) {}
