package org.mskd.doctor;

/**
 * What one check found.
 *
 * @param check what was checked
 * @param right whether it holds
 * @param detail a figure that shows it
 */
public record Finding(String check, boolean right, String detail) {}
