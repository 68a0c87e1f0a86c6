package org.mskd.experiment;

import java.util.Optional;

/**
 * What a packaged model says about its data. No result depends on it.
 *
 * @param datasetNames whether the names of data sets are part of the model
 * @param license of the data
 */
public record PublicationSettings(boolean datasetNames, Optional<DataLicense> license) {
  /** Neither names nor a licence. */
  public static final PublicationSettings DEFAULT =
      new PublicationSettings(false, Optional.empty());

  public PublicationSettings {
    Checks.present("dataLicense", license);
  }
}
