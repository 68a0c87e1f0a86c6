package org.mskd.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * The header fields that place the voxels, with the numbers that the file stores, in its unit of
 * length. A file written with them lies where this one does for any reader, also for one that
 * prefers the other form or reads broken fields differently (NIfTI-1, "3D IMAGE (VOLUME)
 * ORIENTATION AND LOCATION IN SPACE").
 *
 * @param version which of the two headers
 * @param dim {@code dim[0..7]}: the number of axes, then voxels along each
 * @param qformCode {@code qform_code}; the qform counts where it is positive
 * @param sformCode {@code sform_code}; the sform counts where it is positive
 * @param pixdim {@code pixdim[0..3]}: qfac, then the spacing along three axes
 * @param quaternion {@code quatern_b, quatern_c, quatern_d}
 * @param offset {@code qoffset_x, qoffset_y, qoffset_z}
 * @param srow {@code srow_x, srow_y, srow_z}, four numbers each
 * @param units {@code xyzt_units}: units of length and time
 */
public record NiftiForms(
    NiftiVersion version,
    List<Long> dim,
    int qformCode,
    int sformCode,
    List<Double> pixdim,
    List<Double> quaternion,
    List<Double> offset,
    List<Double> srow,
    int units) {
  public NiftiForms {
    dim = ofSize(8, dim);
    pixdim = ofSize(4, pixdim);
    quaternion = ofSize(3, quaternion);
    offset = ofSize(3, offset);
    srow = ofSize(12, srow);
  }

  private static <T> List<T> ofSize(int size, List<T> numbers) {
    if (numbers.size() != size) {
      throw new IllegalArgumentException("not " + size + " numbers: " + numbers);
    }
    return List.copyOf(numbers);
  }

  /** The affine of the qform in mm; empty if its code is not positive or it is unusable. */
  public Optional<Affine> qform() {
    return qformCode > 0 ? new NiftiAffine(this).qform().affine() : Optional.empty();
  }

  /** The affine of the sform in mm; empty if its code is not positive or it is unusable. */
  public Optional<Affine> sform() {
    return sformCode > 0 ? new NiftiAffine(this).sform().affine() : Optional.empty();
  }

  /** Voxels along axis 0, 1 or 2; 1 where the image has fewer axes. */
  long extent(int axis) {
    return axis < dim.get(0) ? dim.get(axis + 1) : 1;
  }

  static NiftiForms read(NiftiVersion version, ByteBuffer header) {
    List<Long> dim = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      dim.add(version.dim(header, i));
    }
    return new NiftiForms(
        version,
        dim,
        version.qformCode(header),
        version.sformCode(header),
        numbers(4, i -> version.pixdim(header, i)),
        numbers(3, i -> version.quaternion(header, i)),
        numbers(3, i -> version.quaternion(header, 3 + i)),
        numbers(12, i -> version.srow(header, i)),
        version.units(header));
  }

  private static List<Double> numbers(int count, IntToDoubleFunction number) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(number.applyAsDouble(i));
    }
    return numbers;
  }

  /** Stores the numbers in a header of the same version, of one volume. */
  void put(ByteBuffer header) {
    for (int i = 0; i < 8; i++) {
      version.putDim(header, i, dim.get(i));
    }
    for (int i = 4; i < 8 && !oneVolume(); i++) {
      version.putDim(header, 0, 3);
      version.putDim(header, i, 1);
    }
    version.putFormCodes(header, qformCode, sformCode);
    version.putUnits(header, units);
    for (int i = 0; i < 4; i++) {
      version.putPixdim(header, i, pixdim.get(i));
    }
    for (int i = 0; i < 3; i++) {
      version.putQuaternion(header, i, quaternion.get(i));
      version.putQuaternion(header, 3 + i, offset.get(i));
    }
    for (int i = 0; i < 12; i++) {
      version.putSrow(header, i, srow.get(i));
    }
  }

  private boolean oneVolume() {
    return dim.subList(1, 8).stream().limit(dim.get(0)).skip(3).allMatch(extent -> extent <= 1);
  }
}
