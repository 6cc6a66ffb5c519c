# Thư gửi cha mẹ học sinh: chỗ điền, lời nhắc, bản in

children-places = Hạn nhận phiếu và nơi liên hệ có thể đổi sau khi viết thư, nên xin ghi bằng chỗ điền; phần mềm điền khi thư được xem hoặc in:
children-look = Xem cha mẹ sẽ đọc thế nào
children-told = Cha mẹ sẽ đọc
children-print = In thư này cho từng trường
children-no-contact = cơ quan chủ trì đợt lấy ý kiến
children-wrong-place = Không có chỗ điền { $place }. Các chỗ điền dùng được: { $known }.
children-wrong-open = Có dấu { "{" } chưa có dấu { "}" } đi kèm. Các chỗ điền dùng được: { $known }.
children-hint-day = Thư đang ghi sẵn ngày: { $days }. Nếu đó là hạn nhận phiếu, xin thay bằng { "{" }han{ "}" }: khi đợt được gia hạn, thư tự ghi hạn mới.
children-hint-contact = Thư đang ghi sẵn nơi liên hệ “{ $contact }”. Xin thay bằng { "{" }lien_he{ "}" }: khi nơi liên hệ đổi, thư tự ghi nơi mới.
kit-thu-cha-me = Thư gửi cha mẹ học sinh
kit-thu-cha-me-text = Báo trước cho cha mẹ: đúng lời thư đã duyệt, có tên trường và mã QR của thư trên mạng. Phát trước ngày mở đợt.
kit-no-notice = Đợt này hỏi học sinh mà chưa có thư gửi cha mẹ.
kit-write-notice = Soạn thư
notice-print-title = THƯ GỬI CHA MẸ HỌC SINH
notice-print-unit = Gửi cha mẹ, người nuôi dưỡng học sinh đang học tại { $unit }
notice-print-scan = Quét để đọc thư này trên điện thoại
notice-print-foot = { $unit } · { $round }
kit-directly-below = Trực thuộc { $office }
kit-below-none = Không thuộc cơ quan nào
kit-below = Phường, xã hoặc cơ quan quản lý
cover-level = Cấp học
