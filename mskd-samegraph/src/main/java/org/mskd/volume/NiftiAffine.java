package org.mskd.volume;

/**
 * The affines that a header's fields make, each by one of the format's three methods (NIfTI-1, "3D
 * IMAGE (VOLUME) ORIENTATION AND LOCATION IN SPACE"). A single slice may leave its normal out; it
 * is 1 mm then.
 *
 * @param forms the fields
 */
record NiftiAffine(NiftiForms forms) {
  private static final String QFORM = "qform (quatern, qoffset, pixdim)";

  /** Method 3, whatever {@code sform_code} is. */
  FormAffine sform() {
    double[] rows = new double[12];
    for (int i = 0; i < 12; i++) {
      rows[i] = forms.srow().get(i);
    }
    if (singleSlice() && rows[2] == 0 && rows[6] == 0 && rows[10] == 0) {
      putNormal(rows);
    }
    return FormAffine.of("sform (srow_x, srow_y, srow_z)", inMillimetres(rows));
  }

  private void putNormal(double[] rows) {
    double[] normal = {
      rows[4] * rows[9] - rows[8] * rows[5],
      rows[8] * rows[1] - rows[0] * rows[9],
      rows[0] * rows[5] - rows[4] * rows[1]
    };
    double length = Math.hypot(Math.hypot(normal[0], normal[1]), normal[2]);
    for (int row = 0; row < 3 && length > 0; row++) {
      rows[row * 4 + 2] = normal[row] / length / millimetres();
    }
  }

  /** Method 2, whatever {@code qform_code} is. */
  FormAffine qform() {
    double b = forms.quaternion().get(0);
    double c = forms.quaternion().get(1);
    double d = forms.quaternion().get(2);
    if (!Quaternion.isRotation(b, c, d)) {
      return FormAffine.unusable(
          QFORM + " makes no rotation: its quaternion is " + b + ", " + c + ", " + d);
    }
    double[] rotation = Quaternion.of(b, c, d).rotation();
    double qfac = forms.pixdim().get(0) < 0 ? -1 : 1;
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      double step = step(axis);
      if (!isSpacing(step)) {
        return badSpacing(axis);
      }
      for (int row = 0; row < 3; row++) {
        rows[row * 4 + axis] = rotation[row * 3 + axis] * step * (axis == 2 ? qfac : 1);
      }
    }
    for (int row = 0; row < 3; row++) {
      rows[row * 4 + 3] = forms.offset().get(row);
    }
    return FormAffine.of(QFORM, inMillimetres(rows));
  }

  /** Method 1: spacing alone. */
  FormAffine spacing() {
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      rows[axis * 4 + axis] = step(axis);
      if (!isSpacing(step(axis))) {
        return badSpacing(axis);
      }
    }
    return FormAffine.of("pixdim", inMillimetres(rows));
  }

  /** A negative number stands for its absolute value, as in nibabel's header check. */
  private double step(int axis) {
    double step = Math.abs(forms.pixdim().get(axis + 1));
    return axis == 2 && singleSlice() && step == 0 ? 1 / millimetres() : step;
  }

  private static boolean isSpacing(double step) {
    return step > 0 && Double.isFinite(step);
  }

  private FormAffine badSpacing(int axis) {
    return FormAffine.unusable("pixdim[" + (axis + 1) + "] is " + forms.pixdim().get(axis + 1));
  }

  private boolean singleSlice() {
    return forms.extent(2) == 1;
  }

  private double[] inMillimetres(double[] rows) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= millimetres();
    }
    return rows;
  }

  /** Millimetres in the header's unit of length; without a unit, the millimetre. */
  private double millimetres() {
    return switch (forms.units() & 7) {
      case 1 -> 1e3;
      case 3 -> 1e-3;
      default -> 1;
    };
  }
}
