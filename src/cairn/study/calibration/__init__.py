"""Calibration: what many learners' answers say about items and requirements."""

from cairn.study.calibration.calibrate import Calibration, calibrate
from cairn.study.calibration.parameters import Parameters, load, save
from cairn.study.errors import CalibrationError

__all__ = ["Calibration", "CalibrationError", "Parameters", "calibrate", "load", "save"]
