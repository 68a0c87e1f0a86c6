package org.mskd.pipeline.request;

import java.util.Objects;
import org.mskd.experiment.ReportImages;

/**
 * What a report has.
 *
 * @param images which pictures of the test cases
 * @param maximumBytes of all pictures together; further ones are left out
 */
public record ReportOptions(ReportImages images, long maximumBytes) {
  /** Strips, at most 100 MiB. */
  public static final ReportOptions DEFAULT = new ReportOptions(ReportImages.STRIPS, 100L << 20);

  public ReportOptions {
    Objects.requireNonNull(images);
  }
}
