package org.mskd.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mskd.problem.NameList;

/** Findings about the folders of a data set, besides its scans. */
public final class SetFolderCheck {
  /** Names that nnU-Net accepts for channels, which say nothing of the modality. */
  private static final Set<String> SCHEMES = Set.of("nonorm", "rescale_to_0_1", "rgb_to_0_1");

  private SetFolderCheck() {}

  /**
   * @param title of the set
   * @param passedOver files that are not read, each in its folder
   * @param channels the channels that its {@code dataset.json} names; empty without one
   */
  public static List<Finding> of(String title, List<String> passedOver, List<String> channels) {
    List<Finding> findings = new ArrayList<>();
    if (!passedOver.isEmpty()) {
      findings.add(
          Finding.warning(
              Finding.Kind.PASSED_OVER,
              passedOver,
              ("In %s, %d %s not read: %s. Only .nii, .nii.gz, .hdr and .img are read. Convert"
                      + " scans to NIfTI, or move other files elsewhere.")
                  .formatted(
                      title,
                      passedOver.size(),
                      passedOver.size() == 1 ? "file or folder is" : "files or folders are",
                      NameList.of(passedOver))));
    }
    List<String> others = channels.stream().filter(channel -> !mayBeCt(channel)).toList();
    if (!others.isEmpty()) {
      findings.add(
          Finding.warning(
              Finding.Kind.NOT_CT,
              List.of("dataset.json"),
              ("dataset.json of %s names the modality %s. mskd is made for CT in HU. Use CT scans,"
                      + " or correct dataset.json.")
                  .formatted(title, String.join(", ", others))));
    }
    return findings;
  }

  private static boolean mayBeCt(String channel) {
    String lower = channel.toLowerCase(Locale.ROOT);
    return lower.contains("ct") || lower.contains("tomography") || SCHEMES.contains(lower);
  }
}
