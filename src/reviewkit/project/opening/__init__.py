"""An open project: kept in step with the disk, asked, and told opinions."""
