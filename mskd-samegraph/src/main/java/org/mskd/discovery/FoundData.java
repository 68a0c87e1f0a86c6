package org.mskd.discovery;

import java.util.List;
import java.util.Optional;

/**
 * The data sets below a folder, with names that an experiment allows and that do not collide.
 *
 * @param organs data sets of one organ each, at most one for each organ
 * @param several data sets of several organs
 * @param unlabelled volumes without labels
 * @param testSet the test set with the most organs
 * @param longestSide the longest side of all axial slices, pixels; 0 if no image could be read
 * @param remarks on single images that cannot be used as they are
 * @param leftOut folders that are not used
 */
public record FoundData(
    List<FoundOrgan> organs,
    List<FoundLabels> several,
    List<FoundImages> unlabelled,
    Optional<FoundTest> testSet,
    int longestSide,
    List<Remark> remarks,
    List<LeftOut> leftOut) {
  public FoundData {
    organs = List.copyOf(organs);
    several = List.copyOf(several);
    unlabelled = List.copyOf(unlabelled);
    remarks = List.copyOf(remarks);
    leftOut = List.copyOf(leftOut);
  }
}
