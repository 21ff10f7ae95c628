"""Archive packages by BagIt (RFC 8493): packed with equal bytes for equal contents, checked without the platform."""

from gongkai.documents.bagit.checking import BagFault, check, check_files, files_of
from gongkai.documents.bagit.packing import Bag, pack

__all__ = ["Bag", "BagFault", "check", "check_files", "files_of", "pack"]
