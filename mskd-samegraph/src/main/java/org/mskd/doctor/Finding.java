package org.mskd.doctor;

/**
 * The result of one check.
 *
 * @param check what was checked
 * @param right whether the backend is right
 * @param detail a figure that shows it
 */
public record Finding(String check, boolean right, String detail) {}
