package org.mskd.volume;

import java.util.List;
import java.util.Locale;

/**
 * Something in a header that is read, but that its user should know: what is unusual, what is
 * assumed, and how to correct it. A header has at most one of each kind.
 *
 * @param kind what it is about
 * @param text full sentences, the first of which lacks its subject: it follows the name of the file
 */
public record HeaderRemark(Kind kind, String text) {
  /** What a remark is about. */
  public enum Kind {
    /** Neither form has a positive code, so the position in space is not known. */
    NO_FORM,
    /** The two forms place some corner of the grid more than half a voxel apart. */
    FORMS_DISAGREE,
    /** The axes are not at right angles. */
    SHEARED,
    /** The sform has a positive code but is no affine; the qform is used. */
    SFORM_UNUSABLE,
    /** A spacing is negative; its absolute value is used. */
    NEGATIVE_PIXDIM,
    /** The voxels would start within the header; they are read from its end. */
    LOW_VOX_OFFSET
  }

  static HeaderRemark noForm() {
    return new HeaderRemark(
        Kind.NO_FORM,
        "has no position in space: qform_code and sform_code are 0. It is assumed that its axes"
            + " run to the right, to the front and to the head, with the spacing of pixdim, and"
            + " that its first voxel lies at (0, 0, 0) mm. If that is wrong, correct the header"
            + " or export the image again.");
  }

  static HeaderRemark formsDisagree(double mm) {
    return new HeaderRemark(
        Kind.FORMS_DISAGREE,
        String.format(
            Locale.ROOT,
            "has a qform and an sform that place its voxels up to %.2f mm apart. The sform is used."
                + " If the qform is right, set sform_code to 0; if the sform is right, set"
                + " qform_code to 0.",
            mm));
  }

  static HeaderRemark sheared(int axis, int other, double degrees) {
    return new HeaderRemark(
        Kind.SHEARED,
        String.format(
            Locale.ROOT,
            "has axes that are not at right angles: axes %d and %d are at %.1f degrees. Distances"
                + " are computed in world space; slices are taken along the voxel axes. If the"
                + " scanner's gantry was tilted, resample the image and its label to right angles"
                + " for slices that lie as those of other scans.",
            axis + 1,
            other + 1,
            degrees));
  }

  static HeaderRemark sformUnusable(int code, String fault) {
    return new HeaderRemark(
        Kind.SFORM_UNUSABLE,
        "has sform_code "
            + code
            + ", but its "
            + fault
            + ". The qform is used. Set sform_code to 0 if the qform is right, or correct the"
            + " sform.");
  }

  static HeaderRemark negativePixdim(List<String> fields) {
    return new HeaderRemark(
        Kind.NEGATIVE_PIXDIM,
        "has a negative spacing: "
            + String.join(", ", fields)
            + ". The absolute value is used; the direction of an axis is not changed by it. If an"
            + " axis should run the other way, correct the header or export the image again.");
  }

  static HeaderRemark lowVoxOffset(double offset, int first) {
    return new HeaderRemark(
        Kind.LOW_VOX_OFFSET,
        String.format(
            Locale.ROOT,
            "has vox_offset %.0f, which lies within its header. Its voxels are read from byte %d"
                + " on, the first one possible. Set vox_offset to %d, which is the same for every"
                + " reader.",
            offset,
            first,
            first));
  }
}
