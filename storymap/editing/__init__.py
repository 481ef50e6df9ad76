"""What every form of the workshop can do, whichever door it stands behind."""
