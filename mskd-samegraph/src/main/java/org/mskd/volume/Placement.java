package org.mskd.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a header places the voxels: by the sform if its code is positive, else by the qform if its
 * code is, else by the spacing alone. An sform that is no affine gives way to a usable qform.
 *
 * @param grid the voxels of one volume
 * @param remarks what is unusual or assumed
 */
record Placement(Grid grid, List<HeaderRemark> remarks) {
  /** More than this from 90 degrees is far beyond the rounding of a header's floats. */
  private static final double RIGHT_ANGLE_DEGREES = 0.1;

  /**
   * @throws IllegalArgumentException naming the fields that make no affine
   */
  static Placement of(NiftiForms forms) {
    NiftiAffine fields = new NiftiAffine(forms);
    List<HeaderRemark> remarks = new ArrayList<>();
    Affine affine;
    if (forms.sform().isPresent()) {
      affine = forms.sform().get();
      forms.qform().ifPresent(qform -> compare(forms, qform, remarks));
    } else if (forms.qform().isPresent()) {
      affine = forms.qform().get();
      if (forms.sformCode() > 0) {
        remarks.add(HeaderRemark.sformUnusable(forms.sformCode(), fields.sform().fault()));
      }
      negativeSpacing(forms, remarks);
    } else if (forms.sformCode() > 0) {
      affine = fields.sform().required();
    } else if (forms.qformCode() > 0) {
      affine = fields.qform().required();
    } else {
      affine = fields.spacing().required();
      remarks.add(HeaderRemark.noForm());
      negativeSpacing(forms, remarks);
    }
    shear(affine, remarks);
    return new Placement(grid(forms, affine), List.copyOf(remarks));
  }

  /** Voxels at their indices, 1 mm apart, whatever the header says. */
  static Placement atIndices(NiftiForms forms) {
    return new Placement(grid(forms, Affine.scaling(1, 1, 1)), List.of());
  }

  private static Grid grid(NiftiForms forms, Affine affine) {
    return new Grid(
        Math.toIntExact(forms.extent(0)),
        Math.toIntExact(forms.extent(1)),
        Math.toIntExact(forms.extent(2)),
        affine);
  }

  /**
   * Up to half a voxel apart, each voxel of one form is the closest to the same one of the other.
   */
  private static void compare(NiftiForms forms, Affine qform, List<HeaderRemark> remarks) {
    Grid used = grid(forms, forms.sform().orElseThrow());
    double distance = used.cornerDistance(grid(forms, qform));
    double smallest = Math.min(used.spacing(0), Math.min(used.spacing(1), used.spacing(2)));
    if (distance > smallest / 2) {
      remarks.add(HeaderRemark.formsDisagree(distance));
    }
  }

  private static void negativeSpacing(NiftiForms forms, List<HeaderRemark> remarks) {
    List<String> negative = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      if (forms.pixdim().get(i) < 0) {
        negative.add("pixdim[" + i + "] is " + forms.pixdim().get(i));
      }
    }
    if (!negative.isEmpty()) {
      remarks.add(HeaderRemark.negativePixdim(negative));
    }
  }

  /** Reports the pair of axes that is farthest from a right angle. */
  private static void shear(Affine affine, List<HeaderRemark> remarks) {
    int worst = 0;
    for (int axis = 1; axis < 3; axis++) {
      if (skew(affine, axis) > skew(affine, worst)) {
        worst = axis;
      }
    }
    if (skew(affine, worst) > RIGHT_ANGLE_DEGREES) {
      int next = (worst + 1) % 3;
      remarks.add(
          HeaderRemark.sheared(
              Math.min(worst, next), Math.max(worst, next), affine.angle(worst, next)));
    }
  }

  private static double skew(Affine affine, int axis) {
    return Math.abs(affine.angle(axis, (axis + 1) % 3) - 90);
  }
}
